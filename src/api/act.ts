declare module 'fastify' {
  interface FastifyContextConfig {
    /** For a route that writes: what its act is called in the audit trail. */
    audit?: string;
  }
}
export {};

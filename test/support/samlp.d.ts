/** The part of npm's samlp that tests use: it makes Responses and reads AuthnRequests. */
declare module 'samlp' {
  export interface Config {
    readonly issuer: string;
    readonly key: string;
    readonly cert: string;
    readonly audience: string;
    readonly recipient: string;
    readonly destination: string;
    readonly inResponseTo?: string | undefined;
    readonly lifetimeInSeconds: number;
    readonly signAssertion: boolean;
    readonly signResponse: boolean;
    readonly signatureAlgorithm: 'rsa-sha256' | 'rsa-sha1';
    readonly digestAlgorithm: 'sha256' | 'sha1';
    readonly profileMapper: (user: unknown) => {
      readonly getClaims: () => Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly getNameIdentifier: () => {
        readonly nameIdentifier: string;
        readonly nameIdentifierFormat: string;
      };
    };
  }

  export interface AuthnRequest {
    readonly id: string;
    readonly issuer: string;
    readonly destination?: string;
    readonly assertionConsumerServiceURL?: string;
  }

  const samlp: {
    readonly getSamlResponse: (
      config: Config,
      user: unknown,
      done: (error: Error | null, xml?: string) => void,
    ) => void;
    readonly parseRequest: (
      request: { readonly query: Readonly<Record<string, string>>; readonly method: string },
      done: (error: Error | null, request?: AuthnRequest) => void,
    ) => void;
  };
  export default samlp;
}

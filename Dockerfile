# Rollcall as an image: built in one stage, run in another that has no compiler, no sources and no root.
# The file system may be read-only (docker run --read-only); only /var/lib/rollcall, the data directory, is written to.

FROM node:20-bookworm-slim AS build
WORKDIR /rollcall
# The packages first: they change less often than the sources.
COPY package.json package-lock.json ./
COPY console/package.json console/
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
LABEL org.opencontainers.image.title="Rollcall" \
      org.opencontainers.image.description="Identity lifecycle server: SCIM 2.0 provisioning and SAML 2.0 sign-on" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    ROLLCALL_DATA_DIR=/var/lib/rollcall
WORKDIR /rollcall
COPY --from=build /rollcall/package.json ./
COPY --from=build /rollcall/node_modules node_modules
COPY --from=build /rollcall/migrations migrations
COPY --from=build /rollcall/demo demo
COPY --from=build /rollcall/dist dist
# Nobody else's to read, as the doctor asks.
RUN install -d -o node -g node -m 700 /var/lib/rollcall
USER node
VOLUME /var/lib/rollcall
EXPOSE 8080
# A worker answers the same where ROLLCALL_WORKER_PORT is PORT, as in deploy/compose.yaml.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]

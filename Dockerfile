# Node's own image is the base of both stages; the second carries only what runs.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY scripts/empty-package scripts/empty-package
COPY scripts/toolchain scripts/toolchain
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="asgard" org.opencontainers.image.licenses="MIT"
COPY --from=build /build/package.json /build/LICENSE /opt/asgard/
COPY --from=build /build/node_modules /opt/asgard/node_modules
COPY --from=build /build/dist /opt/asgard/dist
RUN ln -s /opt/asgard/dist/asgard.js /usr/local/bin/asgard \
 && install -d -m 0700 -o 65532 -g 65532 /data
ENV ASGARD_HOME=/data NODE_ENV=production
USER 65532:65532
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["asgard", "status", "-q"]
ENTRYPOINT ["asgard"]
CMD ["daemon", "run"]

# The box as an image for amd64 and arm64:
#   docker buildx build --platform linux/amd64,linux/arm64 -t larder .

# Built once on the builder's own processor: the bundle is the same everywhere, and better-sqlite3
# carries its binaries for both processors.
FROM --platform=$BUILDPLATFORM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node edge/build.ts

# What is drawn on paper is drawn by a part for the processor that the image is for.
FROM --platform=$BUILDPLATFORM node:24-bookworm-slim AS native
ARG TARGETARCH
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev \
  --os=linux --libc=glibc --cpu="$(echo "$TARGETARCH" | sed s/amd64/x64/)"

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules/better-sqlite3/package.json node_modules/better-sqlite3/
COPY --from=build /src/node_modules/better-sqlite3/lib node_modules/better-sqlite3/lib
COPY --from=build /src/node_modules/better-sqlite3/prebuilds/linux-*.node node_modules/better-sqlite3/prebuilds/
COPY --from=native /src/node_modules/@resvg node_modules/@resvg
COPY --from=build /src/node_modules/@embedpdf/fonts-sc/package.json node_modules/@embedpdf/fonts-sc/
COPY --from=build /src/node_modules/@embedpdf/fonts-sc/LICENSE node_modules/@embedpdf/fonts-sc/
COPY --from=build /src/node_modules/@embedpdf/fonts-sc/dist/index.cjs node_modules/@embedpdf/fonts-sc/dist/
COPY --from=build /src/node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf node_modules/@embedpdf/fonts-sc/fonts/
COPY --from=build /src/dist dist
# `docker compose exec box larder doctor`, and a data folder that the box owns.
RUN printf '#!/bin/sh\nexec node /app/dist/larder.js "$@"\n' > /usr/local/bin/larder \
  && chmod 755 /usr/local/bin/larder \
  && install -d -o node -g node -m 700 /data
USER node
ENV NODE_ENV=production \
  LARDER_DATA=/data \
  LARDER_HTTP_HOST=0.0.0.0 \
  LARDER_MQTT_HOST=0.0.0.0
VOLUME /data
EXPOSE 8080 1883
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.LARDER_HTTP_PORT || 8080}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "--max-old-space-size=256", "dist/edge.js"]

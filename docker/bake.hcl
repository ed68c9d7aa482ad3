# All images with one command and one build: docker buildx bake --file docker/bake.hcl [--set image.platform=linux/arm64]

variable "IMAGE_PREFIX" { default = "trading-journal" }
variable "TAG" { default = "dev" }
variable "VERSION" { default = "0.1.0" }
variable "REVISION" { default = "unknown" }
variable "PROFILE" { default = "release" }
variable "RUST_IMAGE" { default = "rust:1.95.0-slim-bookworm" }
variable "NODE_IMAGE" { default = "node:22-bookworm-slim" }
variable "RUNTIME_IMAGE" { default = "gcr.io/distroless/cc-debian12:nonroot" }
variable "WEB" { default = "web-compiled" }

group "default" {
  targets = ["image"]
}

target "image" {
  name       = service
  matrix     = { service = ["auth", "trades", "analytics", "notifications", "gateway", "setup"] }
  context    = "."
  dockerfile = "docker/Dockerfile"
  tags       = ["${IMAGE_PREFIX}/${service}:${TAG}"]
  args = {
    SERVICE       = service
    VERSION       = VERSION
    REVISION      = REVISION
    PROFILE       = PROFILE
    RUST_IMAGE    = RUST_IMAGE
    NODE_IMAGE    = NODE_IMAGE
    RUNTIME_IMAGE = RUNTIME_IMAGE
    WEB           = WEB
  }
}

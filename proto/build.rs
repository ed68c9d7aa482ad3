//! Compiles `journal/**.proto` with protox, so that no `protoc` is needed on the machine.

use std::error::Error;

const FILES: [&str; 24] = [
    "journal/auth/v1/auth.proto",
    "journal/auth/v1/account.proto",
    "journal/auth/v1/admin.proto",
    "journal/auth/v1/api_keys.proto",
    "journal/auth/v1/events.proto",
    "journal/auth/v1/factors.proto",
    "journal/auth/v1/mentors.proto",
    "journal/auth/v1/oidc.proto",
    "journal/auth/v1/passkeys.proto",
    "journal/trades/v1/trades.proto",
    "journal/trades/v1/attachments.proto",
    "journal/trades/v1/bars.proto",
    "journal/trades/v1/events.proto",
    "journal/trades/v1/exports.proto",
    "journal/trades/v1/journal.proto",
    "journal/trades/v1/labels.proto",
    "journal/trades/v1/regroupings.proto",
    "journal/trades/v1/strategies.proto",
    "journal/trades/v1/tax.proto",
    "journal/trades/v1/rates.proto",
    "journal/trades/v1/views.proto",
    "journal/analytics/v1/analytics.proto",
    "journal/analytics/v1/events.proto",
    "journal/notifications/v1/notifications.proto",
];

fn main() -> Result<(), Box<dyn Error>> {
    for file in FILES {
        println!("cargo::rerun-if-changed={file}");
    }
    let descriptors = protox::compile(FILES, ["."])?;
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    std::fs::write(out.join("descriptors.bin"), prost::Message::encode_to_vec(&descriptors))?;
    let mut config = prost_build::Config::new();
    // `prost::Name` gives an event its full name, which is its routing key.
    config.enable_type_names();
    // It carries a secret: `src/lib.rs` shows it without.
    config.skip_debug([".journal.auth.v1.AccountMailRequested"]);
    // Shared, not copied, from the HTTP body to the gRPC frame.
    config.bytes([
        ".journal.trades.v1.CreateImportRequest.chunk",
        ".journal.trades.v1.AddAttachmentRequest.chunk",
        ".journal.trades.v1.DownloadAttachmentResponse.chunk",
    ]);

    tonic_prost_build::configure().compile_fds_with_config(descriptors, config)?;
    Ok(())
}

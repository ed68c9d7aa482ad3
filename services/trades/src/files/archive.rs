//! A ZIP file on its way into the store: what is written goes on, and a few parts of it are in memory at most.

use super::{Stored, Upload};
use crate::error::{Error, Result};
use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Mutex, PoisonError},
};
use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions, write::StreamWriter};

/// A ZIP file that exists for nobody before [`Archive::finish`].
pub struct Archive {
    zip: ZipWriter<StreamWriter<Pipe>>,
    pipe: Pipe,
    upload: Upload,
}

/// What the compressor has written and nobody has taken.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Archive {
    /// An empty one.
    pub fn new(upload: Upload) -> Self {
        let pipe = Pipe::default();
        Self { zip: ZipWriter::new_stream(pipe.clone()), pipe, upload }
    }

    /// Begins the next file in it.
    pub async fn file(&mut self, name: &str) -> Result<()> {
        let options = SimpleFileOptions::default().compression_level(Some(6));
        self.zip.start_file(name, options).map_err(storage)?;
        self.pass_on().await
    }

    /// The next bytes of the file that was begun last.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.zip.write_all(bytes).map_err(Error::Storage)?;
        self.pass_on().await
    }

    /// Makes the archive appear.
    pub async fn finish(self) -> Result<Stored> {
        let Self { zip, pipe, mut upload } = self;
        zip.finish().map_err(storage)?;
        upload.write(pipe.take().into()).await?;
        upload.finish().await
    }

    async fn pass_on(&mut self) -> Result<()> {
        let written = self.pipe.take();
        if written.is_empty() { Ok(()) } else { self.upload.write(written.into()).await }
    }
}

fn storage(error: ZipError) -> Error {
    Error::Storage(error.into())
}

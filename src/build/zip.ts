import { unzipSync, zipSync, type Zippable } from 'fflate';

/**
 * Files as a zip whose bytes depend on nothing but names and contents: every file carries the oldest time that the
 * format knows, 1980-01-01, and the attributes of a plain file that anyone may read (Lambda runs code as another user).
 *
 * @param files contents by name; packed in the order of their names
 */
export function zip(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const entries = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  // The format stores local time without a zone, and fflate reads the date by its local parts.
  const mtime = new Date(1980, 0, 1);
  const unix = 3;
  const readableFile = 0o100644 << 16;
  const zippable: Zippable = Object.fromEntries(
    entries.map(([name, content]) => [name, [content, { mtime, os: unix, attrs: readableFile, level: 9 }]]),
  );
  return Buffer.from(zipSync(zippable));
}

/** The files of a zip by name. */
export function unzip(archive: Uint8Array): Record<string, Uint8Array> {
  return unzipSync(archive);
}

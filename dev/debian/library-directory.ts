import path from 'node:path';

/** Where unpacked Debian packages keep their shared libraries. */
export function libraryDirectory(root: string): string {
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return path.join(root, 'usr', 'lib', triplet);
}

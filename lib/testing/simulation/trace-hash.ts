const PRIME = 0x01000193;

/** Two runs are the same run when their hashes are: every step goes in, with its instant (FNV-1a, twice 32 bits). */
export class TraceHash {
  #low = 0x811c9dc5;
  #high = 0x27d4eb2f;

  add(atMs: number, text: string): void {
    for (let index = 0; index < text.length; index += 1) this.#mix(text.charCodeAt(index));
    this.#mix(Math.round(atMs % 0x1000_0000));
  }

  toString(): string {
    return [this.#high, this.#low].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #mix(value: number): void {
    this.#low = Math.imul(this.#low ^ value, PRIME);
    this.#high = Math.imul(this.#high ^ value ^ (this.#low >>> 13), PRIME);
  }
}

/** What was used lately, by turns in two maps: when the young one is full it becomes the old one, and the old one goes. */
export class Recent<K, V> {
  #young = new Map<K, V>();
  #old = new Map<K, V>();
  constructor(readonly capacity: number) {}

  has(key: K): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  /** `undefined` may be a value too: `has` tells. */
  get(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined || this.#young.has(key)) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    if (this.#young.size >= this.capacity) [this.#old, this.#young] = [this.#young, new Map()];
    this.#young.set(key, value);
  }

  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}

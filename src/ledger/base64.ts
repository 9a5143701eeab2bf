/** Base 64 of RFC 4648 section 4, strictly: right padding, no stray bits, nothing else between. For server and browser alike. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += (alphabet[bits >> 18] as string) + (alphabet[(bits >> 12) & 63] as string);
    text += (b === undefined ? '=' : alphabet[(bits >> 6) & 63]) as string;
    text += (c === undefined ? '=' : alphabet[bits & 63]) as string;
  }
  return text;
}

/** The bytes, or undefined when the text is not the one base 64 form of any bytes. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    const value = at < text.length - padding ? alphabet.indexOf(text[at] as string) : 0;
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    if (at % 4 !== 3) continue;
    for (let byte = 0; byte < 3; byte++) {
      const place = ((at - 3) / 4) * 3 + byte;
      const octet = (bits >> (16 - 8 * byte)) & 255;
      if (place < bytes.length) bytes[place] = octet;
      else if (octet !== 0) return undefined;
    }
  }
  return bytes;
}

import { sha512 } from '@noble/hashes/sha2.js';

/**
 * Verification of Ed25519 signatures (RFC 8032 section 5.1.7), and nothing more. The audited general library is 10 kB compressed, this
 * is one; it handles no secret, so that it need not hide how long it takes, and the tests hold it to Node's on right and wrong input.
 */
const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const d = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
/** A square root of -1. */
const i = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n;

/** Extended coordinates (section 5.1.4): x = X/Z, y = Y/Z, xy = T/Z. */
type Point = readonly [x: bigint, y: bigint, z: bigint, t: bigint];

const mod = (a: bigint): bigint => ((a % p) + p) % p;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n, square = mod(square * square))
    if (rest & 1n) result = mod(result * square);
  return result;
}

function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * t2 * d);
  const e = mod(2n * z1 * z2);
  const [f, g, h, k] = [b - a, e - c, e + c, b + a];
  return [mod(f * g), mod(h * k), mod(g * h), mod(f * k)];
}

const nothing: Point = [0n, 1n, 1n, 0n];

function times(scalar: bigint, point: Point): Point {
  let result = nothing;
  for (let double = point, rest = scalar; rest > 0n; rest >>= 1n, double = add(double, double))
    if (rest & 1n) result = add(result, double);
  return result;
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of Array.from(bytes).reverse()) value = (value << 8n) | BigInt(byte);
  return value;
}

/** The point of 32 bytes (section 5.1.3); undefined when there is none. */
function decode(bytes: Uint8Array): Point | undefined {
  const encoded = littleEndian(bytes);
  const y = encoded & (2n ** 255n - 1n);
  if (y >= p) return undefined;
  const u = mod(y * y - 1n);
  const v = mod(d * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(mod(u * power(v, 7n)), (p - 5n) / 8n));
  const square = mod(v * x * x);
  if (square === mod(-u)) x = mod(x * i);
  else if (square !== u) return undefined;
  const odd = encoded >> 255n;
  if (x === 0n && odd === 1n) return undefined;
  if ((x & 1n) !== odd) x = p - x;
  return [x, y, 1n, mod(x * y)];
}

const base = decode(Uint8Array.of(0x58, ...Array.from({ length: 31 }, () => 0x66))) as Point;

const same = ([x1, y1, z1]: Point, [x2, y2, z2]: Point): boolean =>
  mod(x1 * z2) === mod(x2 * z1) && mod(y1 * z2) === mod(y2 * z1);

/** Whether the 64 bytes are this key's signature of the message. */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  const r = decode(signature.subarray(0, 32));
  const a = decode(publicKey);
  const s = littleEndian(signature.subarray(32));
  if (!r || !a || s >= order) return false;
  const input = new Uint8Array(64 + message.length);
  input.set(signature.subarray(0, 32));
  input.set(publicKey, 32);
  input.set(message, 64);
  const k = littleEndian(sha512(input)) % order;
  return same(times(s, base), add(r, times(k, a)));
}

import { randomFillSync } from 'node:crypto';

let lastMs = 0;
let counter = 0;

/**
 * A UUID version 7 (RFC 9562): milliseconds, then a counter that keeps ids of one process in the order
 * in which they were made, then chance. PostgreSQL 15 cannot make them itself.
 */
export const uuidv7 = (nowMs: number = Date.now()): string => {
  const bytes = randomFillSync(new Uint8Array(16));
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = ((bytes[6] ?? 0) & 0x03) << 8; // leaves room to count up
  } else {
    counter += 1;
    if (counter > 0xfff) {
      counter = 0;
      lastMs += 1;
    }
  }
  for (let index = 0, rest = lastMs; index < 6; index += 1, rest = Math.floor(rest / 256)) {
    bytes[5 - index] = rest % 256;
  }
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

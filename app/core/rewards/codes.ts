// No 0/O, 1/I/L, U/V or 2/Z: a code can be read aloud and typed from paper.
const alphabet = 'ABCDEFGHJKMNPQRSTWXY3456789';
const length = 14;

/**
 * The code of a redemption, from 20 bytes that only our key can derive from its id: a retry makes the
 * same code, nobody can guess another's, and nothing in it is personal.
 */
export const codeFrom = (bytes: Uint8Array): string => {
  let number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let code = '';
  for (let index = 0; index < length; index += 1) {
    code += alphabet[Number(number % BigInt(alphabet.length))] ?? '';
    number /= BigInt(alphabet.length);
  }
  return code;
};

/** "Fidelio · reward · short id": what the merchant sees in the list of discounts. */
export const discountTitle = (rewardName: string, redemptionId: string): string =>
  `Fidelio · ${rewardName} · ${redemptionId.slice(-8)}`;

// A string (left alone) or a whole number of 16 digits or more.
const stringOrLongNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/**
 * JSON.parse that keeps long whole numbers exact by reading them as strings: Shopify's ids go beyond
 * 2^53, where a number would silently become another one. Throws a SyntaxError like JSON.parse.
 */
export const parseLossless = (text: string): unknown => JSON.parse(text.replace(stringOrLongNumber, (token) => (token.startsWith('"') ? token : `"${token}"`)));

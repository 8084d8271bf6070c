/** A colour as the document has it: #rrggbb, in small letters. */
export const isColor = (text: string): boolean => /^#[0-9a-f]{6}$/.test(text);

/** What text needs against what is behind it (WCAG 2.2, 1.4.3). */
export const enoughContrast = 4.5;

export const white = '#ffffff';
export const black = '#000000';

const channelsOf = (color: string): readonly [number, number, number] => [
  Number.parseInt(color.slice(1, 3), 16),
  Number.parseInt(color.slice(3, 5), 16),
  Number.parseInt(color.slice(5, 7), 16),
];

// Relative luminance of an sRGB colour, from 0 (black) to 1 (white).
const luminanceOf = (color: string): number => {
  const [red, green, blue] = channelsOf(color).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
};

/** How well one colour stands out against another (WCAG 2.2): from 1 (not at all) to 21 (black on white). */
export const contrastOf = (one: string, other: string): number => {
  const [a, b] = [luminanceOf(one), luminanceOf(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};

/** The colour of text on another colour: white where that can be read, else black, which then can. */
export const textOn = (color: string): typeof white | typeof black =>
  contrastOf(color, white) >= enoughContrast ? white : black;

/** The nearest darker shade of a colour that can be read as text on white; the colour itself when it can. */
export const readableOnWhite = (color: string): string => {
  const channels = channelsOf(color);
  for (let part = 100; part > 0; part -= 1) {
    const darker = `#${channels.map((channel) => hex(Math.floor((channel * part) / 100))).join('')}`;
    if (contrastOf(darker, white) >= enoughContrast) return darker;
  }
  return black;
};

const hex = (channel: number): string => channel.toString(16).padStart(2, '0');

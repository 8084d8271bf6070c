import type { Icon } from '~/core/values/icons';

// The same shapes stand in the storefront's snippet `fidelio-icon`. A picture without its shape does not compile.
export const iconShapes = {
  star: 'M10 1.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8L10 14.9l-5.2 2.7 1-5.8L1.6 7.7l5.8-.8z',
  heart: 'M10 17.5l-1.3-1.2C4.2 12.2 1.8 10 1.8 7.1a4.3 4.3 0 0 1 8.2-1.9 4.3 4.3 0 0 1 8.2 1.9c0 2.9-2.4 5.1-6.9 9.2z',
  crown: 'M2 6l4.2 3.6L10 3.5l3.8 6.1L18 6l-1.6 8H3.6zM3.6 15.5h12.8V17H3.6z',
  diamond: 'M5.5 3h9L18 7.5l-8 10-8-10z',
  leaf: 'M17 3C8 3 3.5 7 3.5 12c0 1 .2 1.9.6 2.7L2.5 17l1 1 2-2.3c.9.6 2 .9 3.2.9C14 16.6 17 11 17 3z',
  flame: 'M10 1.5c.6 3.2 5 5.3 5 10a5 5 0 0 1-10 0c0-2 .9-3.3 2-4.5.2 1.2.7 2 1.5 2.5C8.3 6.5 8.6 3.8 10 1.5z',
  medal: 'M6 1.5h8l-2.2 5.2a5.5 5.5 0 1 1-3.6 0zM10 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  rocket:
    'M10 1.5c2.8 2 4 4.7 4 8l2 2.5v3l-3-1H7l-3 1v-3l2-2.5c0-3.3 1-6 4-8zm0 5a1.6 1.6 0 1 0 0 3 1.6 1.6 0 0 0 0-3z',
} satisfies Readonly<Record<Icon, string>>;

/** One of the small pictures of a program, as high as the text around it and in its colour. */
export const LoyaltyIcon = ({ icon, size = '1em' }: { readonly icon: Icon; readonly size?: string }) => (
  <svg
    className="fidelio-icon"
    viewBox="0 0 20 20"
    width={size}
    height={size}
    fill="currentColor"
    fillRule="evenodd"
    aria-hidden="true"
  >
    <path d={iconShapes[icon]} />
  </svg>
);

// What jsdom lacks and Polaris asks for when it is loaded. Elsewhere there is no window and nothing is done.
if (typeof window !== 'undefined') {
  const never = {
    matches: false,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  const observer = function (): { observe: () => void; unobserve: () => void; disconnect: () => void } {
    return { observe: () => undefined, unobserve: () => undefined, disconnect: () => undefined };
  };
  Object.assign(globalThis, { ResizeObserver: observer, IntersectionObserver: observer });
  Object.assign(window, { matchMedia: () => never, scroll: () => undefined });
}

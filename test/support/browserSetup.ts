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

// jsdom has no Blob.text(), browsers do.
if (typeof Blob !== 'undefined' && !('text' in Blob.prototype)) {
  Object.defineProperty(Blob.prototype, 'text', {
    value: function text(this: Blob): Promise<string> {
      return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result));
        reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
        reader.readAsText(this);
      });
    },
  });
}

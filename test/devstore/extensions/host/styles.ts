/** How the components look: quiet, like Shopify's own pages. One sheet for all: rules are found by the name. */
export const styles = `
*{box-sizing:border-box}
:host{font:15px/1.45 system-ui,sans-serif;color:#1f2124}
:host(s-stack){display:flex;flex-direction:column;gap:14px;min-width:0}
:host(s-stack[direction=inline]){flex-direction:row;flex-wrap:wrap;align-items:center}
:host(s-stack[gap^=small]){gap:6px}
:host(s-stack[gap^=large]){gap:24px}
:host(s-text){overflow-wrap:anywhere}
:host(s-text[type=strong]){font-weight:600}
:host(s-text[color=subdued]){color:#65686c;font-size:14px}
:host(s-heading) h3{font-size:17px;margin:0}
:host(s-page){display:block;max-width:760px;margin:0 auto}
h1{font-size:26px;margin:8px 0 4px}
.sub{margin:0 0 16px;color:#65686c}
:host(s-section),:host(s-pos-block){display:block;background:#fff;border:1px solid #dfe3e8;border-radius:10px;
padding:18px;margin:0 0 16px}
h2{font-size:18px;margin:0 0 12px}
:host(s-banner){display:block}
:host(s-banner) [role]{border-radius:8px;padding:10px 14px;background:#eef4ff;border:1px solid #b6ccf5}
:host(s-banner[tone=success]) [role]{background:#eaf7ee;border-color:#a6d8b6}
:host(s-banner[tone=critical]) [role]{background:#fdeeee;border-color:#efb4b4}
h4{font:inherit;margin:0;overflow-wrap:anywhere}
:host(s-banner) ::slotted(*){margin-top:8px;display:inline-block}
button{font:inherit;min-height:44px;padding:8px 16px;border-radius:8px;border:1px solid #1f5d4c;background:#fff;
color:#1f5d4c;cursor:pointer}
button:disabled{opacity:.55;cursor:default}
button:focus-visible,a:focus-visible,input:focus-visible,textarea:focus-visible{outline:3px solid #7fb6f5}
button[aria-busy]{opacity:.55}
:host(s-clickable) button{display:block;width:100%;text-align:start;border-color:#dfe3e8;color:inherit}
:host(s-tile) button{width:100%;min-height:96px;text-align:start;background:#1f5d4c;color:#fff;display:flex;
flex-direction:column;gap:4px}
a{color:#1f5d4c;display:inline-block;padding:10px 0}
label{display:block}
label span{display:block;margin-bottom:4px}
input,textarea,select{font:inherit;
width:100%;min-height:44px;padding:8px 12px;border:1px solid #8c9196;border-radius:8px}
:host(s-select),:host(s-choice-list){display:block}
.choice{display:flex;gap:10px;align-items:center;min-height:44px}
.choice input{width:22px;min-height:22px}
[role=alert]:empty{display:none}
label+[role=alert]{color:#a61c1c;font-size:14px}
progress{width:100%;height:8px;accent-color:#1f5d4c;display:block}
:host(s-skeleton-paragraph) span{display:block;height:56px;border-radius:8px;background:#e9ecef}
:host(s-scroll-box){display:block}
:host(s-clipboard-item){display:none}
`;

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { getNonce } from "get-nonce";

/** How every editor looks. The page's policy asks for its nonce. */
export const appearance = [
  EditorView.cspNonce.of(getNonce() ?? ""),
  EditorView.theme({
    "&": { backgroundColor: "transparent", color: "inherit", fontSize: "var(--mantine-font-size-sm)" },
    "&.cm-focused": { outline: "none" },
    ".cm-content": { fontFamily: "var(--mantine-font-family-monospace)", padding: "7px 0", caretColor: "currentColor" },
    ".cm-line": { padding: "0 12px" },
    ".cm-cursor": { borderLeftColor: "currentColor" },
    ".cm-placeholder": { color: "var(--mantine-color-dimmed)" },
    ".cm-gutters": { backgroundColor: "transparent", color: "var(--mantine-color-dimmed)", border: "none" },
    ".cm-foldPlaceholder": { backgroundColor: "transparent", color: "inherit", borderColor: "var(--mantine-color-default-border)" },
    ".cm-tooltip": { backgroundColor: "var(--mantine-color-body)", color: "inherit", border: "1px solid var(--mantine-color-default-border)", borderRadius: "var(--mantine-radius-default)" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mantine-font-family-monospace)", maxHeight: "16em" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--mantine-primary-color-filled)", color: "var(--mantine-color-white)" },
    ".cm-completionDetail": { marginInlineStart: "1.5em", fontStyle: "normal", opacity: "0.85" },
    ".cm-completionMatchedText": { fontWeight: "700", textDecoration: "none" },
    ".cm-tooltip.cm-completionInfo": { padding: "6px 10px", fontFamily: "var(--mantine-font-family)" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.string, tags.special(tags.string)], color: "light-dark(#1b6e3c, #8ce0a8)" },
      { tag: [tags.number, tags.bool, tags.null], color: "light-dark(#8a3b00, #ffc078)" },
      { tag: [tags.operatorKeyword, tags.keyword], color: "light-dark(#1658a5, #8ec5ff)" },
      { tag: [tags.propertyName], color: "light-dark(#6b2d9e, #d5b0ff)" },
    ]),
  ),
];

import { autocompletion, acceptCompletion, completionKeymap, pickedCompletion, startCompletion, type Completion, type CompletionSource } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { StreamLanguage } from "@codemirror/language";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder as placeholderText } from "@codemirror/view";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";
import { appearance } from "../codeMirror";
import { suggest, type Language, type Scope, type Suggestion } from "./completion";
import { tokensOf } from "./tokens";

export interface ExpressionEditorHandle {
  focus(): void;
}

interface ExpressionEditorProps {
  ref?: Ref<ExpressionEditorHandle>;
  language: Language;
  scope: Scope;
  value: string;
  placeholder?: string;
  isMultiline: boolean;
  attributes: Readonly<Record<string, string>>;
  onChange: (value: string) => void;
  onSubmit?: () => void;
}

export default function ExpressionEditor(props: ExpressionEditorProps) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const attributes = useRef(new Compartment());
  // What the editor asks for when something happens in it.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const { value, isMultiline, placeholder = "" } = latest.current;
    const editor = new EditorView({
      parent: parent.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          appearance,
          language,
          history(),
          EditorView.lineWrapping,
          placeholderText(placeholder),
          attributes.current.of([]),
          autocompletion({ override: [completions(latest)], icons: false, interactionDelay: 0 }),
          Prec.high(keymap.of([{ key: "Tab", run: acceptCompletion }])),
          keymap.of([{ key: isMultiline ? "Mod-Enter" : "Enter", run: () => (latest.current.onSubmit?.(), true) }, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          isMultiline ? [] : oneLine,
          EditorView.updateListener.of((update) => {
            if (update.docChanged && update.state.doc.toString() !== latest.current.value) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current!;
    if (editor.state.doc.toString() !== props.value) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } });
  }, [props.value]);

  const contentAttributes = JSON.stringify(props.attributes);
  useEffect(() => {
    view.current!.dispatch({ effects: attributes.current.reconfigure(EditorView.contentAttributes.of(JSON.parse(contentAttributes))) });
  }, [contentAttributes]);

  useImperativeHandle(props.ref, () => ({ focus: () => view.current?.focus() }), []);
  return <div ref={parent} />;
}

/** What is pasted into one line stays one line. */
const oneLine = EditorState.transactionFilter.of((transaction) =>
  transaction.docChanged && transaction.newDoc.lines > 1
    ? [transaction, { changes: { from: 0, to: transaction.newDoc.length, insert: transaction.newDoc.toString().replace(/\s*\n\s*/g, " ") }, sequential: true }]
    : transaction,
);

function completions(latest: { readonly current: ExpressionEditorProps }): CompletionSource {
  return ({ state, pos, explicit }) => {
    const { language, scope } = latest.current;
    const before = state.sliceDoc(0, pos);
    const suggestions = suggest(before, language, scope);
    // Between words nothing is offered unasked, but for what a slash, a parenthesis, a comma or an operator leads to.
    if (!suggestions || (!explicit && suggestions.from === pos && !/[/(,:=]$|\s$/.test(before))) return null;
    if (!explicit && before.trim() === "") return null;
    // What is written out needs no completion: Enter does not take it, but runs it.
    const isWrittenOut = (word: string) => !explicit && suggestions.options.some(({ text, close = " " }) => text === word && close === " ");
    if (isWrittenOut(before.slice(suggestions.from))) return null;
    return { from: suggestions.from, options: suggestions.options.map(completionOf), validFor: (word) => /^'?[$@\w.]*$/.test(word) && !isWrittenOut(word) };
  };
}

function completionOf({ text, kind, detail, description, close = "" }: Suggestion, place: number): Completion {
  return {
    label: text,
    // Among equals the order stays.
    sortText: String(place).padStart(4, "0"),
    type: kind,
    ...(detail && { detail }),
    ...(description && { info: description }),
    apply: (view, completion, from, to) => {
      view.dispatch({ changes: { from, to, insert: text + close }, selection: { anchor: from + text.length + close.length }, annotations: pickedCompletion.of(completion), userEvent: "input.complete" });
      if (close) startCompletion(view);
    },
  };
}

const words = /^(eq|ne|gt|ge|lt|le|in|has|and|or|not|add|sub|mul|div|divby|mod|asc|desc|as|with|from)$/i;

/** Colours only. */
const language = StreamLanguage.define({
  token: (stream) => {
    if (stream.eatSpace()) return null;
    const token = tokensOf(stream.string.slice(stream.pos))[0]!;
    stream.pos += token.to;
    if (token.kind === "text") return "string";
    if (token.kind === "number") return "number";
    if (words.test(token.text)) return "operatorKeyword";
    return /^(true|false|null)$/.test(token.text) ? "bool" : null;
  },
});

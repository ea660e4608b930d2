import "@mantine/core/styles.css";
import "./styles.css";
import { createTheme, defaultVariantColorsResolver, MantineProvider, TableScrollContainer } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { onSignedOut, ServiceError } from "./api/http";
import { forget } from "./api/session";

const isFinal = (failure: Error) => failure instanceof ServiceError && failure.status >= 400 && failure.status < 500;

export const queries = new QueryClient({
  defaultOptions: { queries: { retry: (times, failure) => !isFinal(failure) && times < 2, refetchOnWindowFocus: false } },
});
onSignedOut(() => forget(queries));

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
// For the library that keeps the page from scrolling behind a dialog.
setNonce(nonce);
const theme = createTheme({
  primaryColor: "teal",
  // White letters on the lighter shades fall short of a contrast of 4.5 to 1.
  primaryShade: { light: 9, dark: 9 },
  defaultRadius: "sm",
  cursorType: "pointer",
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input);
    // On a dark page the dark red of filled buttons is too dark for letters.
    const letters = "light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))";
    return input.variant === "outline" && input.color === "red.9" ? { ...resolved, color: letters, border: `1px solid ${letters}` } : resolved;
  },
  components: {
    // What scrolls can be scrolled with the keyboard.
    TableScrollContainer: TableScrollContainer.extend({ defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } }),
  },
});

/** What all pages of the product stand in. */
export function show(page: ReactNode): void {
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <QueryClientProvider client={queries}>{page}</QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

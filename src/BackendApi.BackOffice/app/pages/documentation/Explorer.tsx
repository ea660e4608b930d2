import "swagger-ui-dist/swagger-ui.css";
import "./Explorer.css";
import { useComputedColorScheme } from "@mantine/core";
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { useEffect, useRef } from "react";
import { csrfHeader, serviceRoot } from "../../api/http";

/** Swagger UI. The session goes with its requests as the browser sends them; what changes something needs the header besides. */
export function Explorer() {
  const place = useRef<HTMLElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    document.documentElement.classList.toggle("dark-mode", scheme === "dark");
  }, [scheme]);
  useEffect(() => {
    const node = document.createElement("div");
    place.current!.replaceChildren(node);
    SwaggerUI({
      domNode: node,
      url: new URL("openapi.json", serviceRoot).href,
      docExpansion: "none",
      filter: true,
      deepLinking: true,
      // It would ask another site.
      validatorUrl: null,
      requestInterceptor: (request) => {
        if (new URL(request.url, serviceRoot).origin === serviceRoot.origin) Object.assign((request.headers ??= {}), csrfHeader());
        return request;
      },
    });
  }, []);
  return <section aria-label="Operations" ref={place} />;
}

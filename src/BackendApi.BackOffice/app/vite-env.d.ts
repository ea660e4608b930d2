declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module "*.css";
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  interface SwaggerRequest {
    url: string;
    headers?: Record<string, string>;
  }
  /** As far as it is used here. */
  interface SwaggerOptions {
    domNode: Element;
    url: string;
    docExpansion: "none" | "list" | "full";
    filter: boolean;
    deepLinking: boolean;
    validatorUrl: null;
    requestInterceptor: (request: SwaggerRequest) => SwaggerRequest;
  }
  export default function SwaggerUI(options: SwaggerOptions): void;
}

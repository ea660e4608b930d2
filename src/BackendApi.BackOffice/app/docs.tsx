import { show } from "./application";
import { DocumentationPage } from "./pages/documentation/DocumentationPage";

show(<DocumentationPage />);

const { EmitModes, Modes } = require("@odata2ts/odata2ts");

/** The Back Office's own client of the admin resources, in src/BackendApi.BackOffice/app/api/service. GeneratedClientTests generates it. */
module.exports = {
  mode: Modes.service,
  emitMode: EmitModes.ts,
  skipComments: true,
  disableAutoManagedKey: true,
  tsconfig: "../tsconfig.json",
  services: { BackOffice: { serviceName: "BackOffice", source: "obj/service.xml", output: "obj/service" } },
};

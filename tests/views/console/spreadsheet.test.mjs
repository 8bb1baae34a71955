import assert from "node:assert/strict";
import { test } from "node:test";
import { spreadsheet } from "../../../widgets/choreo/views/console/spreadsheet.js";

test("a table opens in columns where the coach lives", () => {
  const wanted = { "en-GB": "comma", en: "comma", "es-MX": "comma", ja: "comma", "de-CH": "semicolon" };
  for (const language of ["de", "de-DE", "de-AT", "fr-FR", "es-ES", "pt-BR", "pl"])
    wanted[language] = "semicolon-comma";
  for (const [language, made] of Object.entries(wanted)) assert.equal(spreadsheet(language), made, language);
});

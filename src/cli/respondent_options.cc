#include "cli/respondent_options.h"

#include <CLI/CLI.hpp>

#include "cli/messages.h"
#include "cli/options.h"
#include "import/import.h"

namespace canvass {

void addMappingOptions(CLI::App& verb, ImportOptions& options) {
  verb.add_option("--mapping", options.mapping,
                  "TOML file that says what the columns of a file of respondents mean; see "
                  "docs/importing.md")
      ->type_name("FILE");
  verb.add_option("--codebook", options.codebook,
                  "JSON or CSV file with labels of variables and codes; see docs/importing.md")
      ->type_name("FILE");
}

void addRespondentOptions(CLI::App& verb, ImportOptions& options, bool required) {
  addMappingOptions(verb, options);
  verb.get_option("--mapping")->required(required);
  verb.get_option("--codebook")->needs(verb.get_option("--mapping"));
  verb.add_flag("--skip-invalid", options.skipInvalid,
                "leave out invalid records of respondents, and report them")
      ->needs(verb.get_option("--mapping"));
}

void reportReading(const ImportResult& reading) {
  reportSkipped(reading.skipped);
  for (const std::string& note : reading.notes) tell(note);
}

}  // namespace canvass

#pragma once

#include <string>

namespace CLI {
class App;
}

namespace canvass {

struct ImportOptions;
struct ImportResult;

// What the columns and codes of files of respondents mean: --mapping and --codebook.
void addMappingOptions(CLI::App& verb, ImportOptions& options);

// Options of verbs that read files of respondents themselves: --mapping, --codebook and
// --skip-invalid, as import has them.
void addRespondentOptions(CLI::App& verb, ImportOptions& options, bool required);

// Names each record that was left out, and the notes, on standard error.
void reportReading(const ImportResult& reading);

}  // namespace canvass

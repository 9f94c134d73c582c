#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "microdata/microdata_reader.h"

namespace canvass {

// Labels for files that have none.
struct CodebookEntry {
  std::string label;
  std::vector<ValueLabel> valueLabels;  // numbers by size, then texts in the codebook's order
};

using Codebook = std::map<std::string, CodebookEntry>;  // by the variable's name

// A JSON object or, of a file that ends in .csv or .tsv, a table (microdata/codebook_table.h).
// JSON: {"Q1": {"question": "the label", "choices": {"1": "Yes", "-1": "Don't know"}}}.
// Other keys of a variable are ignored. Throws Error naming file and variable if it has another
// form, or a code appears twice.
Codebook readCodebook(const std::filesystem::path& path);
Codebook parseCodebook(std::string_view text, const std::string& name);

// The same file, with the codebook's labels for the variables that have none of their own.
std::unique_ptr<MicrodataReader> withCodebook(std::unique_ptr<MicrodataReader> reader,
                                              const Codebook& codebook);

}  // namespace canvass

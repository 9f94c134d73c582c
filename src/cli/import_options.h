#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "tasks/import_task.h"

namespace canvass {

struct ImportArguments {
  std::vector<std::string> words;  // FILE..., or FORMAT FILE...
  ImportTask task;
  std::string draft;
  std::string output;
  JsonOutput json;
};

// What the words and options ask for. The first word is a format unless it is the name of a file
// and not of a format. Throws CLI::RequiredError without a file.
ImportTask importTaskOf(const ImportArguments& arguments);

void addImportOptions(CLI::App& verb, ImportArguments& arguments);

}  // namespace canvass

#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace canvass {

// What the parser knows of the verbs, as values: what help, manual and completions are written
// from, so that none of them can say what the parser does not do.

struct OptionHelp {
  std::vector<std::string> names;  // "-o", "--output"; of a word without a dash, its own name
  std::string value;               // what is given: "FILE"; empty for a flag
  bool mayRepeat = false;          // several values
  bool valueIsOptional = false;    // alone it means something too
  bool isRequired = false;
  std::vector<std::string> choices;  // empty if anything of its kind is accepted
  std::string range;                 // "1 to 1000", "positive"; empty without limits
  std::string standard;              // taken if it is not given; empty if nothing is
  std::string description;

  // "-o, --output FILE...".
  std::string synopsis() const;
  // The description, then choices, range and default.
  std::string text() const;
};

struct VerbHelp {
  std::string name;  // "canvass combine fit"
  std::string description;
  std::vector<OptionHelp> words;    // given without a dash, in their order
  std::vector<OptionHelp> options;  // without --help, and without those that are refused
  std::vector<VerbHelp> verbs;
  std::string examples;  // and whatever else stands at the end

  // "canvass combine fit --survey FILE... -o FILE [options]".
  std::string usage() const;
  // "fit".
  std::string lastName() const;
  // "canvass-combine-fit", for a man page or an anchor.
  std::string dashedName() const;
};

// Of the verb, with those below it.
VerbHelp helpOf(const CLI::App& verb);

// "canvass combine fit".
std::string fullName(const CLI::App& verb);

}  // namespace canvass

#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "prompt/prompt.h"
#include "survey/survey.h"

namespace canvass {

// An observed answer to another question, shown as an example of how people answer.
struct Evidence {
  const Question* question;
  const Population* population;
  const Distribution* observed;
};

// How the answer is read from the model.
enum class Reading {
  firstToken,   // the distribution over the option labels at the answer position
  percentages,  // the model writes a percentage for each option
};

const char* readingName(Reading reading);  // "first-token", "percentages"

// A way of asking: how question and population become a prompt. A template is a text file;
// docs/templates.md describes its format. Immutable, cheap to copy, and safe to use from several
// threads.
class Template {
 public:
  // `where`: the file, or what else messages call it. Throws Error naming file, line and column if
  // the text is not a template.
  static Template parse(std::string_view text, const std::string& name, const std::string& where);

  const std::string& name() const;         // the built-in one's, or the file as it was given
  const std::string& description() const;  // in one line
  const std::string& text() const;         // that it was parsed from
  Reading reading() const;
  // How many answers to other questions it shows; 0 for most.
  std::size_t evidenceWanted() const;
  // Whether the model writes something before it answers (Prompt::thoughts).
  bool hasThoughts() const;
  std::vector<std::string> languages() const;
  // `language`: the survey's. Throws Error if the template has no wording in it, if the population
  // does not have words that the template needs, or if the text refers to something that does not
  // exist.
  Prompt render(const Question& question, const Population& population, std::string_view language,
                const std::vector<Evidence>& evidence = {}) const;

 private:
  struct Implementation;
  explicit Template(std::shared_ptr<const Implementation> implementation);
  std::shared_ptr<const Implementation> implementation_;
};

// A built-in template by its name, else the file of that path (ending in .toml), as it is now.
// Names are only resolved once, at the user interface; everything that prompts a model gets the
// template itself. Throws Error naming the built-in ones.
Template findTemplate(const std::string& nameOrFile);
std::vector<std::string> templateNames();
// The text of a built-in template, to start a new one from. Throws Error as findTemplate does.
std::string_view templateText(std::string_view name);

}  // namespace canvass

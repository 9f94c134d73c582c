#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "microdata/mapped_design.h"
#include "microdata/variable.h"
#include "survey/survey.h"

namespace canvass {

// What the columns of a file of respondents mean: which are questions, which make populations, and
// how the respondents were drawn. docs/importing.md describes the TOML file that says it.
//
// `where` is the location in that file, "mapping.toml:12:3", for messages.

// Codes of a variable: single ones, as codeText writes them, and ranges of numbers.
struct CodeSet {
  std::vector<std::string> codes;
  std::vector<NumberRange> ranges;

  bool empty() const { return codes.empty() && ranges.empty(); }
};

// Codes that are not answers.
struct MissingCodes {
  CodeSet dontKnow;  // asked, and does not know
  CodeSet refused;   // asked, and gave no answer
  CodeSet notAsked;  // not part of the question: filtered out, another split ballot, lost
};

struct MappedOption {
  CodeSet codes;
  std::string text;
  std::optional<double> value;
  std::string where;
};

struct MappedQuestion {
  std::string variable;
  std::string id;
  std::string text;  // empty: the variable's label
  std::string topic;
  Scale scale = Scale::nominal;
  std::vector<MappedOption> options;  // empty: the variable's value labels that are not missing
  bool valuesFromCodes = false;       // an option's value is its code
  MissingCodes missing;
  std::string where;
};

// One value of an attribute, and the codes that mean it.
struct MappedCategory {
  CodeSet codes;
  std::string name;   // "female"
  std::string words;  // in a prompt's phrase: "woman"
  std::string where;
};

struct MappedAttribute {
  std::string name;
  std::string variable;
  std::vector<MappedCategory> categories;    // empty: the variable's value labels, or its texts
  std::map<std::string, std::string> words;  // by a category's name, if they differ from it
  std::string where;
};

// A way to divide the respondents into populations: by the values of one attribute, or of several
// crossed; by none, all respondents are one population.
struct MappedGrouping {
  std::vector<std::string> by;  // attributes
  std::string name;             // template: "{country}, {sex}"; empty: the values, with commas
  std::string phrase;           // template: "a {sex} from {country}"
  std::size_t minimum = 1;      // a population with fewer respondents is left out; 0 of an
                                // aggregated table: nothing is left out
  std::string where;
};

// What a row of the file is: a respondent, with a column for each question;
struct WideTable {};

// one answer of a respondent;
struct LongTable {
  MappedVariable respondent;
  MappedVariable question;  // its values are what the questions call their variable
  MappedVariable answer;
};

enum class ShareUnit { proportion, percent, count };

// or one option of a question in a population, with its share there.
struct AggregatedTable {
  MappedVariable question;  // as above; without [[questions]] every value is one
  MappedVariable option;
  MappedVariable share;
  ShareUnit unit = ShareUnit::proportion;
  MappedVariable value;                // of the option, its position on the scale
  MappedVariable respondents;          // who answered the question in the population
  MappedVariable effectiveSampleSize;  // of them
  MappedVariable standardError;        // of the share, in its unit
  MappedVariable population;           // if no attributes make the populations
  std::string phrase;                  // template: "someone from {population}"; empty: the table
                                       // has a column of phrases
  std::vector<std::string> undivided;  // attribute values, in addition to "", that mean all of them
  std::optional<Scale> scale;          // of questions for which nothing else is specified
  std::string where;
};

struct Mapping {
  std::string file;  // the mapping's own
  std::string name;
  std::string source;
  std::string language;

  // Of a text file.
  std::string separator;  // empty: as the header shows
  std::string encoding;   // empty: UTF-8
  char decimalMark = '.';

  std::variant<WideTable, LongTable, AggregatedTable> table;

  MappedDesign design;

  std::vector<MappedAttribute> attributes;
  std::vector<MappedGrouping> groupings;
  std::vector<MappedQuestion> questions;
  MissingCodes missing;  // of questions that have none of their own
};

// Throws Error naming file:line:column for everything that is not as described in
// docs/importing.md; an unknown key is refused with the known one that it may have been meant for.
Mapping readMapping(const std::filesystem::path& path);
Mapping parseMapping(std::string_view text, const std::string& name);

}  // namespace canvass

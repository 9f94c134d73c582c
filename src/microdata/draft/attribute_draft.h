#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "microdata/draft/demographics.h"
#include "microdata/draft/observed_codes.h"
#include "microdata/draft/repeated_codes.h"
#include "microdata/variable.h"

namespace canvass {

// The attributes of a draft, at most one of each kind, and the populations that they make.
class AttributeDraft {
 public:
  bool has(Demographic demographic) const { return attributes_.contains(demographic); }
  std::size_t size() const { return attributes_.size(); }
  // False if the variable does not have at least two values to tell people apart.
  bool take(Demographic demographic, const Variable& variable, const ObservedCodes& observed,
            const RepeatedCodes& repeated);
  // [attributes], and [[populations]] that divide the respondents in one way, so that nobody is in
  // two of them; other ways follow as comments. `answers`: to the question that most
  // respondents answered. `minimum`: of respondents in a population.
  std::string toml(std::size_t answers, std::size_t minimum) const;

 private:
  struct Attribute {
    std::string toml;
    std::set<std::string> values;  // their names
    std::size_t without = 0;       // records with none of them
  };

  bool needsNames(Demographic demographic) const;
  bool fills(const std::vector<Demographic>& by, std::size_t answers, std::size_t minimum) const;
  std::vector<Demographic> division(std::size_t answers, std::size_t minimum) const;
  std::string populationsToml(const std::vector<Demographic>& by, std::size_t minimum) const;

  std::map<Demographic, Attribute> attributes_;
};

}  // namespace canvass

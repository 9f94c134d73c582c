#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "microdata/draft/draft_mapping.h"
#include "microdata/text_microdata.h"

namespace canvass::test {

// A file of respondents in memory, with labels.
class MadeUpFile : public MicrodataReader {
 public:
  MadeUpFile(std::vector<Variable> variables, std::vector<std::vector<std::string>> records)
      : variables_(std::move(variables)), records_(std::move(records)) {}

  const std::string& fileName() const override { return name_; }
  const std::vector<Variable>& variables() const override { return variables_; }
  std::string place() const override { return name_; }
  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress&) override {
    std::size_t number = 0;
    for (const auto& record : records_) {
      std::vector<Value> values;
      for (const std::size_t i : chosen) {
        values.push_back(record[i].starts_with('.') ? Value{Value::Kind::missing, 0.0, record[i]}
                                                    : valueOf(record[i]));
      }
      take({++number, values});
    }
  }

 private:
  std::string name_ = "made-up.sav";
  std::vector<Variable> variables_;
  std::vector<std::vector<std::string>> records_;
};

inline Variable labeled(const std::string& name, std::vector<ValueLabel> labels) {
  Variable variable;
  variable.name = name;
  variable.label = "What of " + name + "?";
  variable.valueLabels = std::move(labels);
  return variable;
}

inline std::string draftOf(MicrodataReader& reader, const DraftOptions& options = {}) {
  Progress silent;
  return draftMapping(reader, options, silent).text;
}

inline Survey importBy(MicrodataReader& reader, const std::string& text) {
  const Mapping mapping = parseMapping(text, "draft.toml");
  RespondentCollector collector(mapping, false);
  Progress silent;
  collector.read(reader, silent);
  return tabulate(mapping, collector.plan(), collector.respondents(), {}, silent).survey;
}

// The table of a draft that names the variable.
inline std::string tableOf(const std::string& draft, const std::string& variable) {
  const std::size_t at = draft.find("variable = \"" + variable + "\"");
  if (at == std::string::npos) return {};
  return draft.substr(draft.rfind("\n[", at), draft.find("\n[", at) - draft.rfind("\n[", at));
}

}  // namespace canvass::test

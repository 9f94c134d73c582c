#include "export/simllm.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/list_text.h"
#include "export/survey_parts.h"
#include "survey/jsonl.h"
#include "survey/simllm_wording.h"

namespace canvass {
namespace {

using simllm::Wording;

const Wording& wordingFor(const Survey& survey) {
  if (const Wording* wording = simllm::wordingOf(survey.language)) return *wording;
  throw Error(
      fmt::format("the format simllm has no wording in the language \"{}\"", survey.language),
      survey.name, "it has English and Chinese");
}

// A label ends at the first parenthesis that closes.
bool holdsLabels(const Question& question) {
  for (const Option& option : question.options) {
    if (option.label.find(')') != std::string::npos) return false;
  }
  return true;
}

Json recordOf(const Survey& survey, const Item& item, const Wording& wording,
              const std::string& name) {
  const Question& question = survey.questionOf(item);
  Json record{{"id", question.id},
              {"instruction",
               fmt::format("{}{}{}", wording.beforePopulation, name, wording.afterPopulation)},
              {"input", fmt::format("{}{}", question.text, wording.afterQuestion)},
              {"options", Json::array()},
              {"options_dist", Json::object()}};
  for (std::size_t k = 0; k < question.options.size(); ++k) {
    const Option& option = question.options[k];
    record["options"].push_back(fmt::format("({}){}", option.label, option.text));
    record["options_dist"][option.label] = 100.0 * (*item.observed)[k];
  }
  return record;
}

class SimllmWriter {
 public:
  explicit SimllmWriter(const Survey& survey) : survey_(survey), wording_(wordingFor(survey)) {
    std::set<std::string> taken;
    for (const Population& population : survey.populations) {
      const auto name = simllm::nameInPhrase(wording_, population.phrase);
      const bool isShared = name && !taken.insert(*name).second;
      names_.push_back(name && !isShared ? *name : std::string());
      isShared_.push_back(isShared);
    }
  }

  ExportResult write();

 private:
  bool leaveOut(const Item& item);
  void noteDerived(std::vector<std::string>& notes) const;

  const Survey& survey_;
  const Wording& wording_;
  std::vector<std::string> names_;  // by population; empty if the format cannot hold it
  std::vector<bool> isShared_;      // by population
  ItemsLeftOut otherPhrases_{"the format only holds populations \"someone from X\""};
  ItemsLeftOut sharedPhrases_{"an earlier population has the same words"};
  ItemsLeftOut otherLabels_{"option labels hold a parenthesis"};
  ItemsLeftOut unobserved_{"there is no distribution"};
};

bool SimllmWriter::leaveOut(const Item& item) {
  const Population& population = survey_.populationOf(item);
  if (!item.observed) {
    unobserved_.add(survey_.questionOf(item).id);
  } else if (isShared_[item.population]) {
    sharedPhrases_.add(population.name);
  } else if (names_[item.population].empty()) {
    otherPhrases_.add(fmt::format("{} (\"{}\")", population.name, population.phrase));
  } else if (!holdsLabels(survey_.questionOf(item))) {
    otherLabels_.add(survey_.questionOf(item).id);
  } else {
    return false;
  }
  return true;
}

ExportResult SimllmWriter::write() {
  ExportResult result;
  for (const Item& item : survey_.items) {
    if (leaveOut(item)) {
      ++result.leftOut;
      continue;
    }
    result.text += result.items == 0 ? "[\n " : ",\n ";
    std::string record = jsonLine(recordOf(survey_, item, wording_, names_[item.population]));
    record.pop_back();
    result.text += record;
    ++result.items;
  }
  result.text += "\n]\n";
  for (const ItemsLeftOut* one : {&otherPhrases_, &sharedPhrases_, &otherLabels_, &unobserved_}) {
    one->note(result.notes);
  }
  if (result.items == 0) {
    throw Error("the format simllm can hold none of the survey's items", survey_.name,
                fmt::format("{}", fmt::join(result.notes, "; ")));
  }
  noteLost(survey_,
           {SurveyPart::name, SurveyPart::source, SurveyPart::topic, SurveyPart::scaleOfNominal,
            SurveyPart::scaleOfInterval, SurveyPart::optionValue, SurveyPart::missingCodes,
            SurveyPart::date, SurveyPart::respondents, SurveyPart::effectiveSampleSize,
            SurveyPart::dontKnow, SurveyPart::refused},
           result.notes);
  noteDerived(result.notes);
  return result;
}

// The importer derives id, name and country from the X.
void SimllmWriter::noteDerived(std::vector<std::string>& notes) const {
  std::size_t others = 0;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const Population& population = survey_.populations[i];
    const std::map<std::string, std::string> country{{"country", names_[i]}};
    const bool isSame = population.id == names_[i] && population.name == names_[i] &&
                        population.attributes == country;
    others += names_[i].empty() || isSame ? 0 : 1;
  }
  if (others == 0) return;
  notes.push_back(
      fmt::format("only the X of \"someone from X\" is kept for {}: ids, names and "
                  "attributes are dropped",
                  counted(others, "population")));
}

}  // namespace

ExportResult exportSimllm(const Survey& survey) { return SimllmWriter(survey).write(); }

}  // namespace canvass

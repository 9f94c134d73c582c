#include <nlohmann/json.hpp>

#include "report/json_parts.h"
#include "report/tables/table_report.h"

namespace canvass {
namespace {

Json shareJson(const Option& option, const TableShare& share) {
  Json json{{"option", option.label},
            {"text", option.text},
            {"share", share.share},
            {"se", numberJson(share.standardError)},
            {"design_effect", numberJson(share.designEffect)}};
  putInterval(json, share.interval ? std::optional(share.interval->interval) : std::nullopt);
  if (share.interval) json["interval"] = nameOf(share.interval->method);
  return json;
}

Json groupJson(const QuestionTable& table, const TableGroup& group) {
  Json json{{"group", group.name},
            {"n", numberJson(group.respondents)},
            {"n_eff", numberJson(group.effectiveSampleSize)},
            {"design_effect", numberJson(group.designEffect())},
            {"df", numberJson(group.degrees)},
            {"se_by", group.isApproximate ? "n_eff" : "design"},
            {"shares", Json::array()}};
  for (std::size_t k = 0; k < group.shares.size(); ++k) {
    json["shares"].push_back(shareJson(table.question.options[k], group.shares[k]));
  }
  if (!group.mean) return json;
  json["mean"] = {{"mean", group.mean->mean}, {"se", numberJson(group.mean->standardError)}};
  putInterval(json["mean"], group.mean->interval);
  return json;
}

Json differenceJson(const QuestionTable& table, const TableDifference& one) {
  Json json{{"first", table.groups[one.first].name},
            {"second", table.groups[one.second].name},
            {"figure", one.option ? "share" : "mean"},
            {"difference", one.difference},
            {"se", one.standardError},
            {"df", numberJson(one.degrees)},
            {"p", one.probability},
            {"p_adjusted", one.adjusted}};
  if (one.option) json["option"] = table.question.options[*one.option].label;
  putInterval(json, one.interval);
  return json;
}

Json testJson(const IndependenceTest& test) {
  const bool isSecond = test.order == IndependenceTest::Order::second;
  return {{"name", isSecond ? "rao_scott_second_order" : "rao_scott_first_order"},
          {"pearson", test.pearson},
          {"f", test.statistic},
          {"df1", test.numeratorDegrees},
          {"df2", numberJson(test.denominatorDegrees)},
          {"p", test.probability}};
}

Json tableJson(const QuestionTable& table) {
  Json json{{"question", table.question.id},
            {"text", table.question.text},
            {"by", table.by},
            {"groups", Json::array()},
            {"differences", Json::array()},
            {"adjustment", titleOf(table.adjustment)},
            {"covariances_known", table.hasCovariances}};
  for (const TableGroup& group : table.groups) json["groups"].push_back(groupJson(table, group));
  for (const TableDifference& one : table.differences) {
    json["differences"].push_back(differenceJson(table, one));
  }
  json["test"] = table.test ? testJson(*table.test) : Json();
  return json;
}

}  // namespace

Json questionTablesJson(const std::vector<QuestionTable>& tables) {
  Json json = Json::array();
  for (const QuestionTable& table : tables) json.push_back(tableJson(table));
  return {{"tables", std::move(json)}};
}

}  // namespace canvass

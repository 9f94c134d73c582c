#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Data for the report page (web/page/report.ts).

// Every figure: [{"name": "js_similarity", "title": "JS similarity", "better": "higher"}].
Json metricsJson();

// {"name", "source", "questions": [{"id", "text", "topic", "options": [{"label", "text"}]}],
//  "populations": [{"id", "name", "country", "attributes": {NAME: VALUE}}]}
Json reportSurveyJson(const Survey& survey);

// The items that have an observed distribution and a prediction of at least one run:
// [question, population, n or null, [observed shares], [of each run [[predicted shares],
// [scores by itemMetrics()]] or null], [of each share its 95% interval [low, high] or null] or
// null]. Question and population are indices into the survey's.
// Shares and scores have four decimals; a score that does not apply or is infinite is null.
Json reportItemsJson(const Survey& survey, const std::vector<Predictions>& runs);

// An evaluation without calibration by item, which the page does not show and which would make it
// large.
Json shownOf(Json evaluation);

// Throws Error at `where` unless `evaluation`, of `evaluate --json`, is of these predictions of
// this survey: as many items and the same mean of js_similarity.
void checkEvaluationIsOf(const Json& evaluation, const Survey& survey,
                         const Predictions& predictions, const std::string& where);

// The page: a template of web/ with the data in it. Throws Error if the template has no location
// for it.
std::string reportPage(const std::string& pageTemplate, const Json& report);

}  // namespace canvass

#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "survey/survey.h"

namespace canvass {

// Builds a survey piece by piece and checks each piece as it comes, so that a reader can name the
// line or record at fault. What holds for every survey it builds:
//   ids are not empty and unique among the questions and among the populations;
//   a question has at least two options, their labels not empty and unique;
//   option values are finite; an interval question has one for every option, an ordinal question
//   for all or none, and both rise or fall in the options' order;
//   a distribution has one share for each option, none negative, summing to 1 within 1e-6;
//   standard errors are not negative, one for each share; sample sizes are positive, and no more
//   respondents are shared with another population than there are; the shares of don't know and of
//   refusals are not negative and leave somebody who answered; no question is asked twice of one
//   population.
// Every add throws Error at `where` and then leaves the survey as it was.
class SurveyBuilder {
 public:
  // Return the index of the new question or population.
  std::size_t addQuestion(Question question, const std::string& where);
  std::size_t addPopulation(Population population, const std::string& where);
  void addItem(Item item, const std::string& where);

  // As above, but an id that is already there is fine if everything about it is equal. Of two
  // samples of a population the larger numbers are kept.
  std::size_t findOrAddQuestion(const Question& question, const std::string& where);
  std::size_t findOrAddPopulation(const Population& population, const std::string& where);

  // The index of the question or population of this id; throws Error at `where` if there is none.
  std::size_t questionIndex(const std::string& id, const std::string& where) const;
  std::size_t populationIndex(const std::string& id, const std::string& where) const;

  const Survey& survey() const { return survey_; }
  // Hands the survey over; the builder must not be used afterwards.
  Survey finish() { return std::move(survey_); }

 private:
  using IndexById = std::unordered_map<std::string, std::size_t>;

  Survey survey_;
  IndexById questions_;
  IndexById populations_;
  std::set<std::pair<std::size_t, std::size_t>> asked_;
};

}  // namespace canvass

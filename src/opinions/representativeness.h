#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opinions/answers.h"
#include "opinions/estimate.h"

namespace canvass {

// The three figures of OpinionQA (Santurkar et al. 2023, arXiv 2303.17548). They are based on the
// alignment of two distributions over N ordered options, 1 - WD / (N - 1), where WD is the
// Wasserstein-1 distance with options one step apart, in their order whatever their values: 1 if
// they are equal, 0 at opposite ends. Nominal questions have none and are left out.

struct PopulationRepresentation {
  std::size_t population = 0;  // index into Survey::populations
  // Mean alignment of the model's answers without a population with this one's.
  QuestionMean representativeness;

  // With the population named, over the questions that every steered run and the default answered.
  // Without such questions `steerability.questions` is 0.
  QuestionMean unsteered;     // representativeness over these questions
  std::vector<double> byRun;  // mean alignment of each run, in their order
  // Mean over questions of the best run's alignment: the best is chosen for each question, as in
  // the paper, knowing the people's answer. More runs are never worse.
  QuestionMean steerability;
  QuestionMean gain;  // steerability minus unsteered
};

// Whether the same population is best represented whatever the topic. Populations of one kind
// (countries, or age groups) compete, those that answered ordered questions of every topic.
struct Consistency {
  std::string kind;             // names of the populations' attributes: "country"; may be empty
  std::size_t populations = 0;  // that compete
  std::size_t best = 0;         // by the mean over topics; index into Survey::populations
  struct Topic {
    std::string topic;
    std::size_t best = 0;
    double representativeness = 0.0;  // of that one
  };
  std::vector<Topic> topics;  // in the survey's order
  double share = 0.0;         // of topics whose best population is `best`
};

struct Representation {
  std::size_t nominalQuestions = 0;  // answered, but left out
  // Of everyone: of the population that represents everyone, or of the unweighted mean of the
  // populations.
  QuestionMean whole;
  // From the best represented to the least; ties in the survey's order. Those without an ordered
  // question that the model answered are left out, and so is the population that represents
  // everyone.
  std::vector<PopulationRepresentation> populations;
  // A kind of at least two populations that compete over at least two topics each.
  std::vector<Consistency> consistencies;
};

struct RepresentationOptions {
  // Index of the population that represents everyone, if the survey has one.
  std::optional<std::size_t> whole;
  BootstrapOptions bootstrap;
};

Representation representation(const Survey& survey, const DefaultAnswers& answers,
                              std::span<const SteeredAnswers> steered,
                              const RepresentationOptions& options = {});

}  // namespace canvass

#include "option_scorer/scorer_training.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.h"
#include "engine/training/alignment_batch.h"
#include "engine/training/loss.h"
#include "nn/execution_context.h"

namespace canvass {
namespace {

// A survey as the scorer reads it.
class ScoredItems {
 public:
  ScoredItems(const OptionScorer& scorer, const Survey& survey, bool keepsStates)
      : scorer_(scorer), survey_(survey) {
    const ItemTexts texts = scorer.texts();
    for (const Question& question : survey.questions) {
      questions_.push_back(texts.tokensOf(question));
      firstOption_.push_back(optionCount_);
      optionCount_ += static_cast<std::int64_t>(question.options.size());
    }
    for (const Population& population : survey.populations) {
      populations_.push_back(texts.tokensOf(population));
    }
    if (!keepsStates) return;
    const c10::NoGradGuard noGradients;
    ExecutionContext context;
    optionStates_ = scorer.optionStates(questions_, 0.0, context);
    populationStates_ = scorer.populationStates(populations_, 0.0, context);
  }

  const Survey& survey() const { return survey_; }
  const at::Tensor& optionStates() const { return optionStates_; }
  const at::Tensor& populationStates() const { return populationStates_; }

  // Scores and observed shares of the chosen items.
  struct Answers {
    at::Tensor scores;  // [items, most options], 0 beyond an item's own
    Targets targets;
  };
  Answers answers(const std::vector<std::size_t>& chosen, const ScorerTraining& training,
                  ExecutionContext& context) const {
    const Selection questions(chosen, [&](std::size_t i) { return survey_.items[i].question; });
    const Selection populations(chosen, [&](std::size_t i) { return survey_.items[i].population; });
    std::vector<std::int64_t> firstOption;
    const at::Tensor options =
        optionsOf(questions.all, training.encoderDropout, context, firstOption);
    const at::Tensor people = populationsOf(populations.all, training.encoderDropout, context);
    const at::Tensor table = scorer_.head->scores(options, people, training.headDropout, context);
    return gather(chosen, table, questions, populations, firstOption);
  }

 private:
  // The questions, or populations, that some items are about, each once.
  struct Selection {
    template <typename Of>
    Selection(const std::vector<std::size_t>& items, Of of) {
      for (const std::size_t item : items) {
        const auto [found, isNew] = placeOf.emplace(of(item), all.size());
        if (isNew) all.push_back(of(item));
      }
    }
    std::vector<std::size_t> all;
    std::map<std::size_t, std::size_t> placeOf;
  };

  // `firstOption`: where each question's options begin in the result.
  at::Tensor optionsOf(const std::vector<std::size_t>& questions, double dropout,
                       ExecutionContext& context, std::vector<std::int64_t>& firstOption) const {
    std::vector<QuestionTokens> tokens;
    std::vector<std::int64_t> rows;
    for (const std::size_t question : questions) {
      firstOption.push_back(static_cast<std::int64_t>(rows.size()));
      for (std::size_t k = 0; k < survey_.questions[question].options.size(); ++k) {
        rows.push_back(firstOption_[question] + static_cast<std::int64_t>(k));
      }
      tokens.push_back(questions_[question]);
    }
    if (!optionStates_.defined()) return scorer_.optionStates(tokens, dropout, context);
    return optionStates_.index_select(0, at::tensor(rows, at::kLong));
  }

  at::Tensor populationsOf(const std::vector<std::size_t>& populations, double dropout,
                           ExecutionContext& context) const {
    std::vector<std::vector<TokenId>> tokens;
    std::vector<std::int64_t> rows;
    for (const std::size_t population : populations) {
      rows.push_back(static_cast<std::int64_t>(population));
      tokens.push_back(populations_[population]);
    }
    if (!populationStates_.defined()) return scorer_.populationStates(tokens, dropout, context);
    return populationStates_.index_select(0, at::tensor(rows, at::kLong));
  }

  // `table`: [options of the questions, populations].
  Answers gather(const std::vector<std::size_t>& chosen, const at::Tensor& table,
                 const Selection& questions, const Selection& populations,
                 const std::vector<std::int64_t>& firstOption) const {
    std::size_t max = 0;
    for (const std::size_t i : chosen) max = std::max(max, survey_.items[i].observed->size());
    const auto count = static_cast<std::int64_t>(chosen.size());
    const auto width = static_cast<std::int64_t>(max);
    at::Tensor places = at::zeros({count, width}, at::kLong);
    at::Tensor present = at::zeros({count, width}, at::kBool);
    at::Tensor shares = at::zeros({count, width}, at::kFloat);
    auto place = places.accessor<std::int64_t, 2>();
    auto isPresent = present.accessor<bool, 2>();
    auto share = shares.accessor<float, 2>();
    std::vector<std::size_t> asked;
    for (std::int64_t row = 0; row < count; ++row) {
      const Item& item = survey_.items[chosen[static_cast<std::size_t>(row)]];
      asked.push_back(item.question);
      const std::int64_t first = firstOption[questions.placeOf.at(item.question)];
      const auto column = static_cast<std::int64_t>(populations.placeOf.at(item.population));
      for (std::size_t k = 0; k < item.observed->size(); ++k) {
        const auto option = static_cast<std::int64_t>(k);
        place[row][option] = (first + option) * table.size(1) + column;
        isPresent[row][option] = true;
        share[row][option] = static_cast<float>((*item.observed)[k]);
      }
    }
    const at::Tensor scores =
        table.reshape({-1}).index_select(0, places.view({-1})).view({count, width});
    return {scores, {shares, present, present.sum(-1).to(at::kFloat), std::move(asked)}};
  }

  const OptionScorer& scorer_;
  const Survey& survey_;
  std::vector<QuestionTokens> questions_;
  std::vector<std::vector<TokenId>> populations_;
  std::vector<std::int64_t> firstOption_;  // of each question
  std::int64_t optionCount_ = 0;
  at::Tensor optionStates_, populationStates_;  // undefined if they are computed each time
};

double similaritySum(const ScoredItems::Answers& answers, const Survey& survey) {
  double sum = 0.0;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    sum += logitSimilarity(answers.scores[static_cast<std::int64_t>(i)], *survey.items[i].observed);
  }
  return sum;
}

class ScorerTask : public TrainingTask {
 public:
  ScorerTask(OptionScorer& scorer, const Survey& train, const Survey* valid,
             const ScorerTraining& training)
      : training_(training) {
    checkItems(train, training.options.loss);
    const bool frozen = !scorer.trainsEncoder;
    items_.emplace(scorer, train, frozen || !scorer.head);
    if (!scorer.head) {
      scorer.head.emplace(OptionHead::Sizes{.state = scorer.encoder->config().hiddenSize},
                          training.options.seed, items_->optionStates(),
                          items_->populationStates());
      if (!frozen) items_.emplace(scorer, train, false);
    }
    scorer.head->recordGradients();
    if (valid != nullptr) {
      checkItems(*valid, training.options.loss);
      validItems_.emplace(scorer, *valid, frozen);
    }
    for (const auto& [name, tensor] : scorer.head->parameters()) tensors_.push_back(tensor);
    if (!frozen) {
      for (const auto& [name, tensor] : scorer.encoder->parameters()) tensors_.push_back(tensor);
    }
    for (const Item& item : train.items) groups_.push_back(item.question);
  }

  const std::vector<at::Tensor>& tensors() const override { return tensors_; }
  const std::vector<std::size_t>& groups() const override { return groups_; }

  std::size_t itemCount() const override { return groups_.size(); }

  Learned learn(const std::vector<std::size_t>& batch, std::uint64_t& dropoutSeed,
                EpochRecord& record) override {
    ExecutionContext context{.dropout = {dropoutSeed++, 0}};
    const auto answers = items_->answers(batch, training_, context);
    const TrainOptions& options = training_.options;
    const at::Tensor loss =
        lossSum(options.loss, answers.scores, answers.targets, options.shiftWeightIn(record.epoch));
    (loss / static_cast<double>(batch.size())).backward();
    return {loss.item<double>(), batch.size()};
  }

  std::optional<Validation> validate() const override {
    if (!validItems_) return std::nullopt;
    const c10::NoGradGuard noGradients;
    std::vector<std::size_t> everything(validItems_->survey().items.size());
    for (std::size_t i = 0; i < everything.size(); ++i) everything[i] = i;
    ExecutionContext context;
    const auto answers = validItems_->answers(everything, training_, context);
    const auto count = static_cast<double>(everything.size());
    const at::Tensor loss = lossSum(training_.options.loss, answers.scores, answers.targets,
                                    training_.options.shiftWeight);
    return Validation{loss.item<double>() / count,
                      similaritySum(answers, validItems_->survey()) / count};
  }

 private:
  const ScorerTraining& training_;
  std::optional<ScoredItems> items_, validItems_;
  std::vector<at::Tensor> tensors_;
  std::vector<std::size_t> groups_;
};

}  // namespace

TrainResult train(OptionScorer& scorer, const Survey& train, const Survey* valid,
                  const ScorerTraining& training, Progress& progress, const EpochCallback& onEpoch,
                  TrainingState* state) {
  if (train.items.empty()) throw Error("there is nothing to train on: the survey has no items");
  ScorerTask task(scorer, train, valid, training);
  TrainingState fresh(training.options.seed);
  return canvass::train(task, training.options, state != nullptr ? *state : fresh, progress,
                        onEpoch);
}

ScorerTraining headTraining() {
  ScorerTraining training;
  training.options.epochs = 150;
  training.options.batchSize = 160;
  training.options.runLength = 40;
  training.options.learningRate = 1e-3;
  training.options.weightDecay = 0.01;
  training.options.secondMomentDecay = 0.98;
  training.options.warmUpShare = 0.05;
  training.options.schedule = Schedule::linear;
  training.headDropout = 0.1;
  return training;
}

ScorerTraining wholeTraining() {
  ScorerTraining training = headTraining();
  training.options.epochs = 5;
  training.options.learningRate = 5e-5;
  training.encoderDropout = 0.1;
  return training;
}

}  // namespace canvass

#include "engine/writing/token_sampler.h"

#include <cmath>
#include <set>
#include <vector>

#include "support/test_support.h"

namespace canvass {
namespace {

constexpr std::size_t draws = 40000;

// How often each token is drawn.
std::vector<double> shares(const std::vector<float>& logits, const SamplingOptions& options) {
  RandomStream random(7, "draws");
  std::vector<double> drawn(logits.size(), 0.0);
  for (std::size_t i = 0; i < draws; ++i) {
    drawn[static_cast<std::size_t>(sampleToken(logits, options, random))] += 1.0 / draws;
  }
  return drawn;
}

TEST(TokenSampler, DrawsByTheSoftmaxAtTheTemperature) {
  const std::vector<float> logits = {1.0F, -0.5F, 2.0F, -1000.0F, 0.0F};
  for (const double temperature : {0.5, 1.0, 3.0}) {
    const std::vector<double> drawn = shares(logits, {temperature, 1.0});
    double total = 0.0;
    for (const float logit : logits) total += std::exp(logit / temperature);
    for (std::size_t i = 0; i < logits.size(); ++i) {
      EXPECT_NEAR(drawn[i], std::exp(logits[i] / temperature) / total, 0.01) << temperature;
    }
  }
}

TEST(TokenSampler, TakesTheLikeliestAtTemperatureZero) {
  RandomStream random(1, "none");
  EXPECT_EQ(sampleToken(std::vector<float>{1.0F, 3.0F, 3.0F, 2.0F}, {0.0, 1.0}, random), 1);
}

TEST(TokenSampler, DrawsOnlyFromTheNucleus) {
  // Shares 0.4, 0.3, 0.2, 0.1 in another order.
  const std::vector<float> logits = {std::log(0.1F), std::log(0.4F), std::log(0.2F),
                                     std::log(0.3F)};
  const struct {
    double topP;
    std::vector<double> expected;
  } cases[] = {
      {0.3, {0.0, 1.0, 0.0, 0.0}},
      {0.65, {0.0, 4.0 / 7.0, 0.0, 3.0 / 7.0}},
      {0.85, {0.0, 4.0 / 9.0, 2.0 / 9.0, 3.0 / 9.0}},
      {1.0, {0.1, 0.4, 0.2, 0.3}},
  };
  for (const auto& [topP, expected] : cases) {
    const std::vector<double> drawn = shares(logits, {1.0, topP});
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(drawn[i], expected[i], 0.01);
  }
}

// More tokens than are sorted at once: a nucleus of 500 equally likely ones of 1,000.
TEST(TokenSampler, ANucleusMayBeLarge) {
  std::vector<float> logits(1000, -50.0F);
  for (std::size_t i = 0; i < 1000; i += 2) logits[i] = 0.0F;
  RandomStream random(3, "large");
  std::set<TokenId> drawn;
  for (std::size_t i = 0; i < 5000; ++i) drawn.insert(sampleToken(logits, {1.0, 0.999}, random));
  EXPECT_GE(drawn.size(), 490u);
  for (const TokenId token : drawn) EXPECT_EQ(token % 2, 0);
}

}  // namespace
}  // namespace canvass

#pragma once

#include "hub_download/http_client.h"
#include "hub_download/reporter.h"

namespace canvass {

// How often, and after how long, something is tried again that failed and may succeed.
class Retries {
 public:
  explicit Retries(Reporter& reporter) : reporter_(reporter) {}

  // Waits, and says so if it takes long; throws the failure's Error after the last attempt.
  void waitAfter(const PassingFailure& failure);
  // There was progress since: the count begins again, and the next attempt follows at once.
  void renew() { failures_ = 0; }

  // What `attempt` returns, once it does not fail.
  template <typename Attempt>
  auto until(Attempt attempt) {
    while (true) {
      try {
        return attempt();
      } catch (const PassingFailure& failure) {
        waitAfter(failure);
      }
    }
  }

 private:
  Reporter& reporter_;
  int failures_ = 0;
};

}  // namespace canvass

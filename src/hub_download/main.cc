// Downloads a model from the Hugging Face hub into the cache for canvass, which starts this
// program:
//   canvass-download REPOSITORY REVISION FILE     FILE is empty for a model in Hugging Face's form
// What it writes to standard output are lines of JSON (hub/download_messages.h).
#include <curl/curl.h>
#include <sys/prctl.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "hub_download/http_client.h"
#include "hub_download/model_download.h"

namespace canvass {
namespace {

void prepareProcess() {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // nobody would be told how far it is
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // a file that may not be larger is then an error like others
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() != 3) {
    std::fputs("canvass-download: canvass starts this program to download a model\n", stderr);
    return 2;
  }
  Reporter reporter;
  const auto fail = [&](const Error& error) {
    reporter.say(DownloadFault{error.fault(), error.where(), error.remedy()});
    return 1;
  };
  try {
    const auto path = downloadModel({arguments[0], arguments[1], arguments[2]}, reporter);
    reporter.say(DownloadDone{path.string()});
    return 0;
  } catch (const Error& error) {
    return fail(error);
  } catch (const PassingFailure& failure) {
    return fail(failure.error);
  } catch (const std::exception& error) {
    return fail(Error(std::string("internal error in canvass-download: ") + error.what()));
  }
}

}  // namespace
}  // namespace canvass

int main(int argc, char** argv) {
  canvass::prepareProcess();
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const int status = canvass::run({argv + 1, argv + argc});
  curl_global_cleanup();
  return status;
}

// What canvass makes of a model's files, for the scripts of this folder: a JSON object a line in
// and one out, {"error": ...} for what canvass refuses. bridge.py has the requests.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"
#include "engine/forest/pack.h"
#include "model/decoder.h"
#include "model/encoder.h"
#include "model/load.h"
#include "prompt/chat_format.h"
#include "tokenizer/tokenizer.h"

namespace canvass {
namespace {

std::vector<float> toVector(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.to(at::kFloat).contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

std::vector<TokenId> idsOf(const Json& request) {
  return request.at("ids").get<std::vector<TokenId>>();
}

// Each part of the model is read when it is first asked for.
class Bridge {
 public:
  Json answer(const Json& request) {
    const auto task = request.at("do").get<std::string>();
    if (task == "open") return open(request.at("path").get<std::string>());
    if (task == "encode") return encode(request);
    if (task == "logits") return logits(idsOf(request));
    if (task == "states") return states(idsOf(request));
    if (task == "render") return render(request);
    throw Error("there is no request \"" + task + "\"");
  }

 private:
  Json open(const std::string& path) {
    files_ = openModel(path);
    tokenizer_.reset();
    decoder_.reset();
    encoder_.reset();
    return true;
  }

  Json encode(const Json& request) {
    if (!tokenizer_) tokenizer_ = loadTokenizer(*files_);
    const bool special = request.at("special").get<bool>();
    Json all = Json::array();
    for (const Json& text : request.at("texts")) {
      all.push_back(tokenizer_->encode(
          text.get<std::string>(), {.addSpecialTokens = special, .parseSpecialTokens = special}));
    }
    return all;
  }

  // Of the last token.
  Json logits(const std::vector<TokenId>& ids) {
    if (!decoder_) decoder_ = loadDecoder(*files_, {});
    const Forest forest = buildForests({answeredAtEnd(ids)}, {}).front();
    return toVector(decoder_->logits(decoder_->answerStates(pack(forest))));
  }

  // Of all tokens.
  Json states(const std::vector<TokenId>& ids) {
    if (!encoder_) encoder_ = loadEncoder(*files_, false);
    return toVector(encoder_->states({ids}));
  }

  // By the model's own format, or by the one given as "source".
  Json render(const Json& request) {
    ChatFormat format =
        request.contains("source") ? givenFormat(request) : ChatFormat::load(*files_);
    for (const auto& [name, value] : request.at("variables").items()) {
      format.setVariable(name, value);
    }
    const auto seconds = request.at("clock").get<std::time_t>();
    format.setClock([seconds] {
      std::tm time{};
      ::gmtime_r(&seconds, &time);
      return time;
    });
    std::vector<ChatMessage> messages;
    for (const Json& one : request.at("messages")) {
      messages.push_back({one.at("role").get<std::string>(), one.at("content").get<std::string>()});
    }
    return format.render(messages, request.at("generation_prompt").get<bool>());
  }

  static ChatFormat givenFormat(const Json& request) {
    return ChatFormat::jinja(request.at("source").get<std::string>(), {}, "template");
  }

  std::shared_ptr<const ModelFiles> files_;
  std::unique_ptr<const Tokenizer> tokenizer_;
  std::unique_ptr<const Decoder> decoder_;
  std::unique_ptr<const Encoder> encoder_;
};

int serve() {
  const c10::NoGradGuard noGradients;
  Bridge bridge;
  for (std::string line; std::getline(std::cin, line);) {
    Json reply;
    try {
      reply = {{"answer", bridge.answer(parseJson(line, "request"))}};
    } catch (const std::exception& error) {
      reply = {{"error", error.what()}};
    }
    std::cout << reply.dump() << std::endl;
  }
  return 0;
}

}  // namespace
}  // namespace canvass

int main() { return canvass::serve(); }

// Every message about a tokenizer.json that is damaged or asks for what canvass does not do.
#include <nlohmann/json.hpp>

#include "support/test_support.h"
#include "tokenizer/small_tokenizer.h"
#include "tokenizer/tokenizer.h"

namespace canvass {
namespace {

using test::errorOf;
using testing::HasSubstr;

std::string errorOfFile(std::string_view content) {
  return errorOf([&] {
    loadTokenizer(*modelInMemory({{"tokenizer.json", std::string(content)}}));
  });
}

TEST(LoadTokenizer, SaysThatAFolderHasNoTokenizer) {
  EXPECT_EQ(errorOf([] {
              loadTokenizer(*modelInMemory({{"config.json", "{}"}}, "models/a"));
            }),
            "models/a: there is no tokenizer.json, tokenizer.model or spm.model; download the "
            "tokenizer files of the model into it");
  EXPECT_EQ(errorOf([] { loadTokenizer(*openModel("models/none")); }),
            "models/none: there is no model: no such folder, or no config.json in it; give the "
            "folder that holds the model's files");
}

TEST(LoadTokenizer, SaysWhatIsWrongWithTheFile) {
  const std::pair<const char*, const char*> cases[] = {
      {"{\"model\": ", "tokenizer.json: not valid JSON at byte"},
      {"{\"version\": 1e999}", "tokenizer.json: a number is too large"},
      {"\xFF", "tokenizer.json: the text is not UTF-8 at byte 0"},
      {"[]", "tokenizer.json: a JSON object was expected"},
      {"{}", "the key \"model\" is missing"},
      {R"({"model": {"type": "BPE", "vocab": {"a": 0, "a": 1}, "merges": []}})",
       "model: the token \"a\" appears twice"},
      {R"({"model": {"type": "BPE", "vocab": {"a": 0, "b": 0}, "merges": []}})",
       "model: the tokens \"a\" and \"b\" have the same id 0"},
      {R"({"model": {"type": "BPE", "vocab": {"a": -1}, "merges": []}})",
       "the id -1 of token \"a\" is out of range"},
      {R"({"model": {"type": "BPE", "vocab": {"a": 99999999}, "merges": []}})",
       "the id 99999999 of token \"a\" is out of range"},
      {R"({"model": {"type": "BPE", "vocab": {"a": "0"}, "merges": []}})",
       "the id of token \"a\" is not a whole number"},
      {R"({"model": {"type": "BPE", "vocab": {"a": [0]}, "merges": []}})",
       "the id of token \"a\" is not a whole number"},
      {R"({"model": {"type": "BPE", "vocab": {}, "merges": []}})",
       "the vocabulary is missing or empty"},
      {R"({"model": {"type": "BPE", "vocab": [["a", 0]], "merges": []}})",
       "the vocabulary is missing or empty"},
  };
  for (const auto& [content, message] : cases) {
    EXPECT_THAT(errorOfFile(content), HasSubstr(message)) << content;
  }
}

TEST(LoadTokenizer, RefusesByNameWhatItDoesNotDo) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"trick": 1})", "tokenizer.json: the setting \"trick\" is not supported"},
      {R"({"model": {"type": "Unigram"}})", "model: the model \"Unigram\" is not supported"},
      {R"({"model": {"type": "WordPiece", "trick": 1}})", "the setting"},
      {R"({"normalizer": {"type": "BertNormalizer", "trick": 1}})",
       "the setting \"trick\" is not supported"},
      {R"({"pre_tokenizer": {"type": "BertPreTokenizer", "trick": 1}})",
       "the setting \"trick\" is not supported"},
      {R"({"post_processor": {"type": "BertProcessing", "cls": "[CLS]", "sep": ["[SEP]", 1]}})",
       "\"cls\" must be a token and its id"},
      {R"({"model": {"dropout": 0.1}})", "model: \"dropout\" is not supported"},
      {R"({"model": {"continuing_subword_prefix": "##"}})",
       "\"continuing_subword_prefix\" is not supported"},
      {R"({"model": {"end_of_word_suffix": "</w>"}})", "\"end_of_word_suffix\" is not supported"},
      {R"({"model": {"trick": 1}})", "model: the setting \"trick\" is not supported"},
      {R"({"normalizer": {"type": "Nmt"}})", "normalizer: the normalizer \"Nmt\" is not supported"},
      {R"({"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "X"}]}})",
       "normalizer 2: the normalizer \"X\" is not supported"},
      {R"({"normalizer": {"type": "NFC", "trick": 1}})", "the setting \"trick\" is not supported"},
      {R"({"pre_tokenizer": {"type": "Punctuation"}})",
       "pre-tokenizer: the pre-tokenizer \"Punctuation\" is not supported"},
      {R"({"pre_tokenizer": {"type": "Digits", "individual_digits": true, "trick": 1}})",
       "the setting \"trick\" is not supported"},
      {R"({"pre_tokenizer": {"type": "Split", "pattern": {"String": "a"}, "behavior": "Odd",
           "invert": false}})",
       "the split behavior \"Odd\" is not supported"},
      {R"({"pre_tokenizer": {"type": "Metaspace", "replacement": "_", "prepend_scheme": "odd"}})",
       "the prepend_scheme \"odd\" is not supported"},
      {R"({"post_processor": {"type": "OddProcessing"}})",
       "post-processor: the post-processor \"OddProcessing\" is not supported"},
      {R"({"decoder": {"type": "CTC"}})", "decoder: the decoder \"CTC\" is not supported"},
      {R"({"decoder": {"type": "Fuse", "trick": 1}})", "the setting \"trick\" is not supported"},
      {R"({"added_tokens": [{"id": 1, "content": "<s>", "trick": true}]})",
       "added token 1: the setting \"trick\" is not supported"},
  };
  for (const auto& [patch, message] : cases) {
    EXPECT_THAT(errorOf([&, p = patch] { test::loadSmallTokenizer(p); }), HasSubstr(message))
        << patch;
  }
}

TEST(LoadTokenizer, RefusesWhatContradictsItself) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"model": {"unk_token": "<none>"}})", "the token \"<none>\" is not in the vocabulary"},
      {R"({"model": {"merges": ["a b", "a z"]}})",
       "model, merge 2: the token \"z\" is not in the vocabulary"},
      {R"({"model": {"merges": ["b a"]}})", "merge 1: the token \"ba\" is not in the vocabulary"},
      {R"({"model": {"merges": ["ab"]}})", "merge 1 is not two tokens"},
      {R"({"model": {"merges": ["a b c"]}})", "merge 1 is not two tokens"},
      {R"({"model": {"merges": [["a"]]}})", "merge 1 is not two tokens"},
      {R"({"model": {"merges": 1}})", "\"merges\" must be a list"},
      {R"({"model": {"fuse_unk": 1}})", "\"fuse_unk\" must be true or false"},
      {R"({"normalizer": {"type": "Sequence", "normalizers": 1}})",
       "\"normalizers\" must be a list"},
      {R"({"normalizer": 1})", "normalizer: a JSON object was expected"},
      {R"({"normalizer": {"type": "Replace", "pattern": "a", "content": "b"}})",
       "a pattern must be {\"String\": ...} or {\"Regex\": ...}"},
      {R"({"normalizer": {"type": "Replace", "pattern": {"Regex": "(a"}, "content": "b"}})",
       "the regular expression (a does not compile: missing closing parenthesis"},
      {R"({"pre_tokenizer": {"type": "Metaspace", "replacement": "_", "add_prefix_space": false,
           "prepend_scheme": "first"}})",
       "\"add_prefix_space\" and \"prepend_scheme\" contradict each other"},
      {R"({"post_processor": {"type": "TemplateProcessing", "single": [], "special_tokens": {}}})",
       "the template must have the text once"},
      {R"({"post_processor": {"type": "TemplateProcessing", "special_tokens": {},
           "single": [{"SpecialToken": {"id": "<x>", "type_id": 0}}]}})",
       "post-processor 1: the key \"<x>\" is missing"},
      {R"({"post_processor": {"type": "TemplateProcessing",
           "special_tokens": {"<x>": {"id": "<x>", "ids": ["1"], "tokens": []}},
           "single": [{"SpecialToken": {"id": "<x>", "type_id": 0}}]}})",
       "\"ids\" must be a list of ids of tokens"},
      {R"({"decoder": {"type": "Strip", "content": "", "start": 1, "stop": 0}})",
       "\"content\" is empty"},
      {R"({"added_tokens": [{"id": 1, "content": "", "single_word": false, "lstrip": false,
           "rstrip": false, "normalized": false, "special": true}]})",
       "an added token is empty"},
      {R"({"added_tokens": [{"id": 70, "content": "<s>", "single_word": false, "lstrip": false,
           "rstrip": false, "normalized": false, "special": true}]})",
       "the token \"<s>\" has the id 70 here and 1 in the model"},
      {R"({"added_tokens": [{"id": 5, "content": "<x>", "single_word": false, "lstrip": false,
           "rstrip": false, "normalized": false, "special": true}]})",
       "the id 5 of token \"<x>\" is that of \"c\" in the model"},
  };
  for (const auto& [patch, message] : cases) {
    EXPECT_THAT(errorOf([&, p = patch] { test::loadSmallTokenizer(p); }), HasSubstr(message))
        << patch;
  }
}

TEST(LoadTokenizer, RefusesAMalformedConfiguration) {
  const std::pair<const char*, const char*> cases[] = {
      {"[]", "tokenizer_config.json: a JSON object was expected"},
      {R"({"add_bos_token": 1})", "\"add_bos_token\" must be true or false"},
      {R"({"bos_token": 1})", "\"bos_token\" must be a string"},
      {R"({"bos_token": "<x>", "add_bos_token": true})",
       "tokenizer_config.json: the token \"<x>\" is not in the vocabulary"},
      {R"({"added_tokens_decoder": {"one": {}}})",
       "\"one\" in added_tokens_decoder is not a token id"},
      {R"({"added_tokens_decoder": {"1": {}}})", "added token 1: the key \"content\" is missing"},
  };
  for (const auto& [config, message] : cases) {
    EXPECT_THAT(errorOf([&, c = config] { test::loadSmallTokenizer("{}", c); }), HasSubstr(message))
        << config;
  }
}

}  // namespace
}  // namespace canvass

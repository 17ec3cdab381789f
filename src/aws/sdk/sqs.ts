/** What we use of the SQS client; a bundler leaves the rest out. */
export { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
